-- The log: audit trail and visible history in one. Append-only for the application's role.
-- Order of reading is (xid, id) below the snapshot horizon, so that no line appears behind one
-- already read.
CREATE TABLE journal (
    id             bigint GENERATED ALWAYS AS IDENTITY,
    xid            bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    line_id        uuid NOT NULL,
    at             timestamptz NOT NULL,
    schema_version integer NOT NULL,
    channel        text NOT NULL CHECK (channel IN ('id_admin', 'mina_sidor', 'servicedesk', 'api', 'command_line', 'work')),
    actor_kind     text NOT NULL CHECK (actor_kind IN ('officer', 'holder', 'client', 'system')),
    actor_person   uuid,
    actor_client   uuid,
    actor_system   text,
    office_id      uuid,
    kind           text NOT NULL,
    action         text NOT NULL,
    subject_id     uuid,
    person_id      uuid,
    organisation_id uuid,
    from_stage     text,
    to_stage       text,
    outcome        text NOT NULL,
    event          jsonb,
    sealed         bytea,
    salt           bytea,
    commitment     bytea NOT NULL CHECK (octet_length(commitment) = 32),
    leaf_hash      bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
    correlation    text NOT NULL,
    caused_by      uuid,
    PRIMARY KEY (at, id),
    CHECK ((actor_kind = 'system') = (actor_system IS NOT NULL)),
    CHECK ((actor_kind = 'client') = (actor_client IS NOT NULL)),
    CHECK ((actor_kind IN ('officer', 'holder')) = (actor_person IS NOT NULL))
) PARTITION BY RANGE (at);

COMMENT ON TABLE journal IS 'Every change, refusal and look: audit log and visible history. Append-only.';
COMMENT ON COLUMN journal.xid IS 'Transaction that wrote the line; with id the order of reading.';
COMMENT ON COLUMN journal.schema_version IS 'Version of the shape of event and of the canonical text behind leaf_hash.';
COMMENT ON COLUMN journal.actor_client IS 'The system client that asked; its id in the table client.';
COMMENT ON COLUMN journal.event IS 'What happened, as the lifecycle states it; empty for protected persons and after lawful erasure.';
COMMENT ON COLUMN journal.sealed IS 'What happened, encrypted, for protected persons.';
COMMENT ON COLUMN journal.salt IS 'Makes commitment useless for guessing; erased together with event.';
COMMENT ON COLUMN journal.commitment IS 'SHA-256 of salt and event: keeps the proof when the event is lawfully erased.';
COMMENT ON COLUMN journal.leaf_hash IS 'RFC 6962 leaf hash of the canonical line.';
COMMENT ON COLUMN journal.correlation IS 'The code that error pages show; one per request or run.';
COMMENT ON COLUMN journal.caused_by IS 'line_id of the line whose consequence this is.';

CREATE TABLE journal_default PARTITION OF journal DEFAULT;

CREATE INDEX journal_xid_subject ON journal (xid, subject_id);
CREATE INDEX journal_subject ON journal (subject_id, id DESC);
CREATE INDEX journal_person ON journal (person_id, id DESC);
CREATE INDEX journal_actor ON journal (actor_person, id DESC);
CREATE INDEX journal_client ON journal (actor_client, id DESC) WHERE actor_client IS NOT NULL;
CREATE INDEX journal_correlation ON journal (correlation);

CREATE FUNCTION make_journal_partitions(first_month date, months integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    month date;
BEGIN
    FOR i IN 0 .. months - 1 LOOP
        month := (date_trunc('month', first_month) + make_interval(months => i))::date;
        IF to_regclass(format('journal_%s', to_char(month, 'YYYY_MM'))) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF journal FOR VALUES FROM (%L) TO (%L)',
                'journal_' || to_char(month, 'YYYY_MM'),
                month::timestamp AT TIME ZONE 'UTC',
                (month + interval '1 month') AT TIME ZONE 'UTC');
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION make_journal_partitions IS 'Makes the monthly partitions of the log; run by migrate. The default partition catches what is outside them.';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
COMMENT ON FUNCTION refuse_change IS 'Keeps the log append-only for every role but its owner''s erasure procedure.';

-- A change of a kept row that leaves no line in the log aborts at commit. This is a net under the
-- ledger, not its replacement.
CREATE FUNCTION demand_journal_line() RETURNS trigger LANGUAGE plpgsql AS $$
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
COMMENT ON FUNCTION demand_journal_line IS 'A changed row without a line in the log of the same transaction aborts the transaction.';

CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

GRANT USAGE ON SCHEMA public TO kortkontor_app, kortkontor_read;
GRANT SELECT, INSERT ON journal TO kortkontor_app;
GRANT SELECT ON journal TO kortkontor_read;
