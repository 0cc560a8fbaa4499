-- Card tasks: what is to be done with a card in a reader, and how far a card client has come with it.
ALTER TABLE journal DROP CONSTRAINT journal_channel_check;
ALTER TABLE journal ADD CONSTRAINT journal_channel_check CHECK (channel IN ('id_admin', 'mina_sidor', 'servicedesk', 'api', 'command_line', 'work', 'card_client'));

CREATE TABLE card_task (
    id          uuid PRIMARY KEY,
    card_id     uuid NOT NULL REFERENCES card (id),
    person_id   uuid NOT NULL REFERENCES person (id),
    kind        text NOT NULL CHECK (kind IN ('register', 'fetch_signing', 'choose_code', 'unlock_visit', 'sign_receipt', 'delete_certificate', 'test_card')),
    owner_id    uuid NOT NULL REFERENCES person (id),
    owner_side  text NOT NULL CHECK (owner_side IN ('holder', 'officer')),
    owner_loa   text NOT NULL CHECK (owner_loa IN ('loa2', 'loa3')),
    language    text NOT NULL CHECK (language IN ('sv', 'en')),
    pair_id     uuid,
    text        bytea,
    challenge   bytea NOT NULL CHECK (octet_length(challenge) = 32),
    code_hash   bytea CHECK (octet_length(code_hash) = 32),
    token_hash  bytea CHECK (octet_length(token_hash) = 32),
    code_until  timestamptz,
    secret_hash bytea CHECK (octet_length(secret_hash) = 32),
    client      text CHECK (length(client) <= 100),
    offered_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    proved_at   timestamptz,
    proved_with uuid REFERENCES certificate (id),
    answers     integer NOT NULL CHECK (answers BETWEEN 0 AND 5),
    cause       text CHECK (cause ~ '^K[0-9]{3}$'),
    stage       text NOT NULL CHECK (stage IN ('offered', 'begun', 'done', 'failed', 'cancelled', 'lapsed')),
    since       timestamptz NOT NULL,
    version     bigint NOT NULL,
    CHECK ((code_hash IS NULL) = (token_hash IS NULL) AND (code_hash IS NULL) = (code_until IS NULL)),
    CHECK (code_hash IS NULL OR stage = 'offered'),
    CHECK (stage <> 'begun' OR secret_hash IS NOT NULL),
    CHECK ((kind = 'delete_certificate') = (pair_id IS NOT NULL)),
    CHECK ((kind = 'sign_receipt') = (text IS NOT NULL)),
    CHECK (proved_with IS NULL OR proved_at IS NOT NULL),
    CHECK ((stage = 'failed') = (cause IS NOT NULL))
);
CREATE INDEX card_task_card ON card_task (card_id, kind, id);
CREATE INDEX card_task_person ON card_task (person_id);
CREATE INDEX card_task_owner ON card_task (owner_id);
CREATE INDEX card_task_proved_with ON card_task (proved_with);
CREATE UNIQUE INDEX card_task_one_living ON card_task (card_id, kind) WHERE stage IN ('offered', 'begun');
CREATE UNIQUE INDEX card_task_code ON card_task (code_hash);
CREATE UNIQUE INDEX card_task_token ON card_task (token_hash);
CREATE UNIQUE INDEX card_task_secret ON card_task (secret_hash);
CREATE INDEX card_task_expires ON card_task (expires_at) WHERE stage IN ('offered', 'begun');
COMMENT ON TABLE card_task IS 'What is to be done with a card in a reader. No PIN and no PUK ever comes to the server.';
COMMENT ON COLUMN card_task.person_id IS 'The holder.';
COMMENT ON COLUMN card_task.owner_id IS 'Who offered it: what the card client does, it does in this person''s name.';
COMMENT ON COLUMN card_task.owner_side IS 'As what the owner offered it.';
COMMENT ON COLUMN card_task.owner_loa IS 'How surely the owner was logged in then.';
COMMENT ON COLUMN card_task.pair_id IS 'The pair whose certificate for signing is to leave the card.';
COMMENT ON COLUMN card_task.text IS 'What is to be signed with the card, encrypted.';
COMMENT ON COLUMN card_task.challenge IS 'Random; what the card signs holds for this offer only.';
COMMENT ON COLUMN card_task.code_hash IS 'SHA-256 of the code that is typed; gone when the task is fetched.';
COMMENT ON COLUMN card_task.token_hash IS 'SHA-256 of the token in the link; gone when the task is fetched.';
COMMENT ON COLUMN card_task.code_until IS 'Until when code and token can be used.';
COMMENT ON COLUMN card_task.secret_hash IS 'SHA-256 of what the card client shows with every call; stays, so that it is told that the task is over.';
COMMENT ON COLUMN card_task.client IS 'Name and version of the card client.';
COMMENT ON COLUMN card_task.expires_at IS 'When it lapses.';
COMMENT ON COLUMN card_task.proved_at IS 'When the card first signed the challenge within the task.';
COMMENT ON COLUMN card_task.proved_with IS 'The certificate whose key has signed since the task was last fetched.';
COMMENT ON COLUMN card_task.answers IS 'How many questions of the chip the office has answered since it was last offered.';
COMMENT ON COLUMN card_task.cause IS 'Why the card client gave up, as its manual numbers it.';

CREATE TABLE card_task_step (
    task_id uuid NOT NULL REFERENCES card_task (id),
    step    text NOT NULL CHECK (step IN ('waiting_for_card', 'card_found', 'code_asked', 'code_chosen', 'key_made', 'request_sent', 'certificate_written', 'old_removed')),
    number  integer NOT NULL CHECK (number BETWEEN 0 AND 99),
    at      timestamptz NOT NULL,
    PRIMARY KEY (task_id, step, number)
);
COMMENT ON TABLE card_task_step IS 'How far card clients have come, as they tell it.';
COMMENT ON COLUMN card_task_step.number IS 'Which time, where a step is taken more than once in a task.';

CREATE TABLE card_task_report (
    task_id uuid PRIMARY KEY REFERENCES card_task (id),
    report  jsonb NOT NULL,
    at      timestamptz NOT NULL
);
COMMENT ON TABLE card_task_report IS 'What card clients have found of card and reader.';
COMMENT ON COLUMN card_task_report.report IS 'Cause, counts of readers and cards, module, tries left, locked codes.';

CREATE TRIGGER card_task_steps AFTER INSERT OR UPDATE OF stage ON card_task
    FOR EACH ROW EXECUTE FUNCTION enforce_step('card_task');
CREATE CONSTRAINT TRIGGER card_task_recorded AFTER INSERT OR UPDATE OR DELETE ON card_task
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();

GRANT SELECT, INSERT, UPDATE ON card_task, card_task_report TO kortkontor_app;
GRANT SELECT, INSERT ON card_task_step TO kortkontor_app;
GRANT SELECT ON card_task_step, card_task_report TO kortkontor_read;
GRANT SELECT (id, card_id, person_id, kind, owner_id, owner_side, owner_loa, language, offered_at, expires_at, proved_at, proved_with, answers, cause, stage, since, version) ON card_task TO kortkontor_read;
