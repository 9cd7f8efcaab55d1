-- The index knows the places, the category, the region and the time of a report from here on (core/marks.h). It begins anew: the
-- runner reads every report again, the newest first, and until it has, the search finds what it has read.
/*sqlite:
DROP TABLE report_words;
CREATE VIRTUAL TABLE report_words USING fts5(words, tokenize='unicode61 remove_diacritics 2');
*/
/*pgsql:
TRUNCATE report_words;
*/
INSERT INTO index_todo (report_id)
SELECT id FROM report WHERE id NOT IN (SELECT report_id FROM index_todo);
