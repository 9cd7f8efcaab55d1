-- The index holds stems from here on (core/words.h): the runner reads every report again. Until then old words are found.
INSERT INTO index_todo (report_id)
SELECT id FROM report WHERE id NOT IN (SELECT report_id FROM index_todo);
