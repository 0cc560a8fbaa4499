DROP TABLE certificate_check, crl_shard, issuance, authority;
DROP INDEX certificate_revoked, certificate_living;
ALTER TABLE certificate
    DROP COLUMN profile,
    DROP COLUMN usage,
    DROP COLUMN pair_id,
    DROP COLUMN loa,
    DROP COLUMN not_after,
    DROP COLUMN reason;
