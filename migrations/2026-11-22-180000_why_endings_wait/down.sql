ALTER TABLE ending_stop DROP COLUMN why;
COMMENT ON TABLE ending_stop IS 'Where a full feed held so few of an organisation''s persons that nobody was ended. Plain data, edited through the ledger.';
