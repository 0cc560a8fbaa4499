-- The check that a change has a line looked into every month of the log, for every changed row. The
-- lines of a transaction say when they were written; the check looks there. What is kept between the
-- two is only where to look: without a line at that time the change is refused as before.
CREATE FUNCTION remember_line_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('kortkontor.line_at', NEW.at::text, true);
    RETURN NEW;
END $$;
COMMENT ON FUNCTION remember_line_time IS 'Remembers until the end of the transaction when its lines in the log were written.';

CREATE TRIGGER journal_line_time BEFORE INSERT ON journal
    FOR EACH ROW EXECUTE FUNCTION remember_line_time();

CREATE OR REPLACE FUNCTION demand_journal_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
    written timestamptz := nullif(current_setting('kortkontor.line_at', true), '')::timestamptz;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM journal
        WHERE at BETWEEN written - interval '1 day' AND written + interval '1 day'
          AND xid = pg_current_xact_id()::text::bigint
          AND (subject_id = changed OR subject_id IS NULL AND kind = 'batch')
    ) THEN
        RAISE EXCEPTION 'unrecorded change of %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
