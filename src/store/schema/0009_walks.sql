-- Indexes for what was found by walking over rows that are done with.

-- Files of intakes are no loose ones.
DROP INDEX attachment_loose;
CREATE INDEX attachment_loose ON attachment(created_at) WHERE draft_id IS NULL AND report_id IS NULL AND intake_id IS NULL;
-- Accepted deviations (3) are history.
CREATE INDEX deviation_open ON deviation(agency_id, noticed_at, id) WHERE state <> 3;
-- How the steps of a version went lately.
CREATE INDEX sop_figure_lately ON sop_figure(sop_id, on_day);
