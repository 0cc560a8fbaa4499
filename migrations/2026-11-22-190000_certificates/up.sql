-- Certificates as things of the system: what each is, how far its issuing has come, the authorities
-- that sign, and the lists of revoked ones. No certificate has been kept before.
ALTER TABLE certificate
    ADD COLUMN profile   text NOT NULL CHECK (profile IN ('hsa_id', 'person_id')),
    ADD COLUMN usage     text NOT NULL CHECK (usage IN ('authentication', 'signature')),
    ADD COLUMN pair_id   uuid NOT NULL,
    ADD COLUMN loa       text NOT NULL CHECK (loa IN ('loa2', 'loa3')),
    ADD COLUMN not_after date NOT NULL,
    ADD COLUMN reason    text CHECK (reason IN ('lost', 'stolen', 'codes_compromised', 'card_damaged', 'superseded', 'replaced_undelivered', 'name_changed', 'data_wrong', 'employment_ended', 'not_returned', 'returned', 'not_activated_in_time', 'receipt_not_signed', 'wrongly_issued', 'person_deceased', 'misuse', 'issuer_decision')),
    ADD CHECK ((stage = 'revoked') = (reason IS NOT NULL));
COMMENT ON COLUMN certificate.profile IS 'Whom it names the holder as: by HSA-id or by personnummer.';
COMMENT ON COLUMN certificate.usage IS 'What its key is for.';
COMMENT ON COLUMN certificate.pair_id IS 'Shared by the certificates of one card and profile.';
COMMENT ON COLUMN certificate.loa IS 'The level of assurance of the card.';
COMMENT ON COLUMN certificate.not_after IS 'Its last day: exactly that of the card.';
COMMENT ON COLUMN certificate.reason IS 'Why it was revoked.';
CREATE INDEX certificate_revoked ON certificate (not_after, id) WHERE stage = 'revoked';
CREATE INDEX certificate_living ON certificate (card_id)
    WHERE stage IN ('requested', 'issued', 'active', 'off_card');

CREATE TABLE authority (
    name        text PRIMARY KEY,
    profile     text CHECK (profile IN ('hsa_id', 'person_id')),
    loa         text CHECK (loa IN ('loa2', 'loa3')),
    certificate bytea NOT NULL,
    shards      integer NOT NULL CHECK (shards > 0),
    since       timestamptz NOT NULL,
    CHECK ((profile IS NULL) = (loa IS NULL))
);
COMMENT ON TABLE authority IS 'The certificate authorities whose keys this installation has used. A name stands for one key for ever.';
COMMENT ON COLUMN authority.profile IS 'What it issues; empty for a root, which issues for authorities only.';
COMMENT ON COLUMN authority.certificate IS 'Its own public certificate (DER).';
COMMENT ON COLUMN authority.shards IS 'Into how many lists its revoked certificates are divided; fixed, since each certificate names its list.';

CREATE TABLE issuance (
    certificate_id uuid PRIMARY KEY REFERENCES certificate (id),
    request        bytea NOT NULL,
    key_hash       bytea NOT NULL,
    authority      text REFERENCES authority (name),
    serial         text CHECK (serial ~ '^[0-9a-f]{16,40}$'),
    shard          integer CHECK (shard >= 0),
    reserved_at    timestamptz,
    basis          bytea,
    tbs            bytea,
    findings       jsonb,
    prepared_at    timestamptz,
    der            bytea,
    signed_at      timestamptz,
    CHECK ((serial IS NULL) = (authority IS NULL) AND (serial IS NULL) = (shard IS NULL)
        AND (serial IS NULL) = (reserved_at IS NULL)),
    CHECK ((tbs IS NULL) = (prepared_at IS NULL) AND (tbs IS NULL) = (findings IS NULL)
        AND (tbs IS NULL) = (basis IS NULL)),
    CHECK (tbs IS NULL OR serial IS NOT NULL),
    CHECK ((der IS NULL) = (signed_at IS NULL)),
    CHECK (der IS NULL OR tbs IS NOT NULL)
);
CREATE UNIQUE INDEX issuance_serial ON issuance (authority, serial);
CREATE UNIQUE INDEX issuance_key ON issuance (key_hash);
CREATE INDEX issuance_shard ON issuance (authority, shard) WHERE serial IS NOT NULL;
COMMENT ON TABLE issuance IS 'How far the issuing of each certificate has come. Serial, then what is to be signed, then what was signed: each is kept before the next is made, so that whatever was signed can be revoked.';
COMMENT ON COLUMN issuance.request IS 'The request (PKCS #10), encrypted.';
COMMENT ON COLUMN issuance.key_hash IS 'SHA-256 of the public key: no key gets two certificates.';
COMMENT ON COLUMN issuance.serial IS 'Lower-case hexadecimal; reserved before anything is signed.';
COMMENT ON COLUMN issuance.shard IS 'Which of the authority''s lists it will stand on if it is revoked.';
COMMENT ON COLUMN issuance.basis IS 'What the certificate was to say of holder and card, encrypted; the examiner compares.';
COMMENT ON COLUMN issuance.tbs IS 'The certificate before its signature, encrypted.';
COMMENT ON COLUMN issuance.findings IS 'What the linter had against it, as codes; only without any is it signed.';
COMMENT ON COLUMN issuance.der IS 'The certificate, encrypted.';

CREATE TABLE crl_shard (
    authority   text NOT NULL REFERENCES authority (name),
    shard       integer NOT NULL CHECK (shard >= 0),
    number      bigint NOT NULL CHECK (number > 0),
    this_update timestamptz NOT NULL,
    next_update timestamptz NOT NULL,
    entries     integer NOT NULL CHECK (entries >= 0),
    der         bytea NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (authority, shard),
    CHECK (next_update > this_update)
);
CREATE INDEX crl_shard_next ON crl_shard (next_update);
COMMENT ON TABLE crl_shard IS 'The lists of revoked certificates as they are published, one row a list.';
COMMENT ON COLUMN crl_shard.number IS 'Goes up by one with every list; of two that are built at once one is kept.';
COMMENT ON COLUMN crl_shard.changed_at IS 'When what stands on it last changed.';

CREATE TABLE certificate_check (
    day         date PRIMARY KEY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    runner      text NOT NULL,
    lease_until timestamptz,
    examined    bigint NOT NULL,
    repaired    bigint NOT NULL,
    findings    jsonb NOT NULL,
    error       text
);
COMMENT ON TABLE certificate_check IS 'The nightly examination of everything that has been issued, one row a night.';
COMMENT ON COLUMN certificate_check.day IS 'The business day.';
COMMENT ON COLUMN certificate_check.lease_until IS 'Until when the process may be taken to be at it.';
COMMENT ON COLUMN certificate_check.repaired IS 'How much was put right, always toward the safer side.';
COMMENT ON COLUMN certificate_check.findings IS 'Code and certificate of what was found, at most some hundreds.';

GRANT SELECT, INSERT, UPDATE ON authority, issuance, crl_shard, certificate_check TO kortkontor_app;
GRANT SELECT ON authority, crl_shard, certificate_check TO kortkontor_read;
