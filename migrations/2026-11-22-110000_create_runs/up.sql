-- The nightly run: which nights have been run, by whom, and where it stopped for a second person.
CREATE TABLE nightly_run (
    day         date PRIMARY KEY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    runner      text NOT NULL,
    lease_until timestamptz,
    counts      jsonb NOT NULL,
    error       text,
    CHECK (finished_at IS NULL OR lease_until IS NULL)
);
COMMENT ON TABLE nightly_run IS 'The nightly run of each business day. Its acts are in the log, under the code that its day gives.';
COMMENT ON COLUMN nightly_run.day IS 'The business day in Stockholm just after whose midnight the run starts.';
COMMENT ON COLUMN nightly_run.started_at IS 'The run acts on clocks that had ended by then, also when another process goes on with it.';
COMMENT ON COLUMN nightly_run.runner IS 'The process that runs it, or ran it last.';
COMMENT ON COLUMN nightly_run.lease_until IS 'After that another process may go on with it. Empty when nobody runs it.';
COMMENT ON COLUMN nightly_run.counts IS 'What it did: {"done": {"activation": 3}, "refused": {}, "held": 0, "failed": 0}.';
COMMENT ON COLUMN nightly_run.error IS 'Why it was broken off last, without personal data.';

CREATE TABLE safety_stop (
    id              uuid PRIMARY KEY,
    day             date NOT NULL,
    organisation_id uuid REFERENCES organisation (id),
    judged_in       uuid NOT NULL REFERENCES organisation (id),
    counts          jsonb NOT NULL,
    count           bigint NOT NULL CHECK (count >= 0),
    live            bigint NOT NULL CHECK (live >= 0),
    until           timestamptz,
    stopped_at      timestamptz,
    released_by     uuid REFERENCES person (id),
    released_at     timestamptz,
    reason          text,
    lease_until     timestamptz,
    done_at         timestamptz,
    version         bigint NOT NULL,
    CHECK ((stopped_at IS NULL) = (until IS NULL)),
    CHECK (stopped_at IS NOT NULL OR released_at IS NOT NULL),
    CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (reason IS NULL)),
    CHECK (done_at IS NULL OR released_at IS NOT NULL)
);
CREATE INDEX safety_stop_organisation ON safety_stop (organisation_id);
CREATE INDEX safety_stop_judged_in ON safety_stop (judged_in);
CREATE INDEX safety_stop_released_by ON safety_stop (released_by);
CREATE UNIQUE INDEX safety_stop_open ON safety_stop
    (day, coalesce(organisation_id, '00000000-0000-0000-0000-000000000000')) WHERE done_at IS NULL;
COMMENT ON TABLE safety_stop IS 'Where a nightly run would revoke more cards than expected: stops, and releases given beforehand. Plain data, edited through the ledger.';
COMMENT ON COLUMN safety_stop.day IS 'The business day of the run.';
COMMENT ON COLUMN safety_stop.organisation_id IS 'Whose cards; empty for the whole run.';
COMMENT ON COLUMN safety_stop.judged_in IS 'The organisation in whose branch the person who releases must be: for the whole run the issuer with the most cards in it.';
COMMENT ON COLUMN safety_stop.counts IS 'Revocations by rule: {"activation": 60}.';
COMMENT ON COLUMN safety_stop.count IS 'Revocations in all; a release holds up to this number.';
COMMENT ON COLUMN safety_stop.live IS 'Cards of the organisation that had not ended when it was counted.';
COMMENT ON COLUMN safety_stop.until IS 'What is held: clocks that had ended by then. Empty for a release given beforehand that no run has stopped for.';
COMMENT ON COLUMN safety_stop.lease_until IS 'A process is carrying out the release until then at the latest.';
COMMENT ON COLUMN safety_stop.done_at IS 'When the release had been carried out, or the night it was given for was over.';

-- The run reads the clocks of one rule, the oldest first, a page at a time.
CREATE INDEX deadline_rule_due ON deadline (rule, acts_at, id) WHERE stopped_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON nightly_run, safety_stop TO kortkontor_app;
GRANT SELECT ON nightly_run, safety_stop TO kortkontor_read;
