-- What is to be done later: clocks and errands.
CREATE TABLE deadline (
    id         uuid PRIMARY KEY,
    rule       text NOT NULL CHECK (rule IN ('undelivered', 'activation', 'receipt_signature', 'card_expiry', 'caller_callback')),
    arithmetic text NOT NULL CHECK (arithmetic IN ('allowed_from', 'lives_through', 'done_by', 'after')),
    thing_id   uuid NOT NULL,
    person_id  uuid NOT NULL REFERENCES person (id),
    base       date NOT NULL,
    day        date NOT NULL,
    acts_at    timestamptz NOT NULL,
    started_by uuid NOT NULL,
    started_at timestamptz NOT NULL,
    stopped_by uuid,
    stopped_at timestamptz,
    CHECK ((stopped_by IS NULL) = (stopped_at IS NULL))
);
CREATE INDEX deadline_person ON deadline (person_id);
CREATE UNIQUE INDEX deadline_open ON deadline (thing_id, rule) WHERE stopped_at IS NULL;
CREATE INDEX deadline_due ON deadline (acts_at) WHERE stopped_at IS NULL;
COMMENT ON TABLE deadline IS 'Clocks that run, or ran, for a card or an order.';
COMMENT ON COLUMN deadline.base IS 'The day the arithmetic starts from.';
COMMENT ON COLUMN deadline.day IS 'The day that people are told.';
COMMENT ON COLUMN deadline.acts_at IS 'The first instant at which a run may act, or from which the act is allowed.';
COMMENT ON COLUMN deadline.started_by IS 'line_id of the line in the log that started the clock.';

CREATE TABLE outbox (
    id           uuid PRIMARY KEY,
    topic        text NOT NULL,
    payload      jsonb NOT NULL,
    line_id      uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    available_at timestamptz NOT NULL,
    lease_until  timestamptz,
    attempts     integer NOT NULL,
    last_error   text,
    done_at      timestamptz,
    dead_at      timestamptz
);
CREATE INDEX outbox_open ON outbox (available_at) WHERE done_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
COMMENT ON TABLE outbox IS 'Errands to the outside, written with the change that asks for them. Ids only, no personal data.';
COMMENT ON COLUMN outbox.last_error IS 'What went wrong last, without personal data.';

CREATE TABLE worker (
    name    text PRIMARY KEY,
    seen_at timestamptz NOT NULL,
    note    text
);
COMMENT ON TABLE worker IS 'Signs of life of the processes that run errands.';

GRANT SELECT, INSERT, UPDATE, DELETE ON outbox, worker TO kortkontor_app;
GRANT SELECT, INSERT, UPDATE ON deadline TO kortkontor_app;
GRANT SELECT ON deadline, outbox, worker TO kortkontor_read;
