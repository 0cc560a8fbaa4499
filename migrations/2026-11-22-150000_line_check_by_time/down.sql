CREATE OR REPLACE FUNCTION demand_journal_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM journal
        WHERE xid = pg_current_xact_id()::text::bigint
          AND (subject_id = changed OR subject_id IS NULL AND kind = 'batch')
    ) THEN
        RAISE EXCEPTION 'unrecorded change of %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER journal_line_time ON journal;
DROP FUNCTION remember_line_time();
