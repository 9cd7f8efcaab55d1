SELECT id FROM report;
