-- System clients: other systems that ask through the API.
CREATE TABLE client (
    id              uuid PRIMARY KEY,
    name            text NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    functions       text[] NOT NULL CHECK (cardinality(functions) > 0 AND functions <@ ARRAY['check_card_status']),
    keys            jsonb NOT NULL CHECK (jsonb_typeof(keys) = 'array' AND jsonb_array_length(keys) BETWEEN 1 AND 2),
    rate_per_minute integer NOT NULL CHECK (rate_per_minute BETWEEN 1 AND 6000),
    revoked_at      timestamptz,
    version         bigint NOT NULL
);
CREATE UNIQUE INDEX client_name ON client (name) WHERE revoked_at IS NULL;
CREATE INDEX client_organisation ON client (organisation_id);
COMMENT ON TABLE client IS 'Other systems that ask through the API; they do no identity acts.';
COMMENT ON COLUMN client.organisation_id IS 'Who answers for the system.';
COMMENT ON COLUMN client.functions IS 'What the client is registered for.';
COMMENT ON COLUMN client.keys IS 'Public keys: [{"kid": …, "alg": …, "jwk": …}]. Two while a key is being replaced.';
COMMENT ON COLUMN client.rate_per_minute IS 'Most requests in a minute, tokens among them.';
COMMENT ON COLUMN client.revoked_at IS 'From then on neither its keys nor its tokens are good for anything; final.';

CREATE TABLE client_assertion (
    client_id  uuid NOT NULL REFERENCES client (id),
    jti_hash   bytea NOT NULL CHECK (octet_length(jti_hash) = 32),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, jti_hash)
);
CREATE INDEX client_assertion_expires ON client_assertion (expires_at);
COMMENT ON TABLE client_assertion IS 'Assertions that a token was given for, so that none is used twice.';
COMMENT ON COLUMN client_assertion.jti_hash IS 'SHA-256 of the assertion''s own id.';
COMMENT ON COLUMN client_assertion.expires_at IS 'When the assertion is too old to be tried again, clocks that differ included.';

CREATE TABLE client_token (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    client_id  uuid NOT NULL REFERENCES client (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX client_token_client ON client_token (client_id);
CREATE INDEX client_token_expires ON client_token (expires_at);
COMMENT ON TABLE client_token IS 'Access tokens of system clients: the client holds a random token, the table its hash.';

GRANT SELECT, INSERT, UPDATE ON client TO kortkontor_app;
GRANT SELECT, INSERT, DELETE ON client_assertion, client_token TO kortkontor_app;
GRANT SELECT ON client TO kortkontor_read;

CREATE CONSTRAINT TRIGGER client_recorded AFTER INSERT OR UPDATE OR DELETE ON client
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
