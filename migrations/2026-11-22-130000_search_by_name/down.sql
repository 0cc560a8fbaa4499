DROP INDEX assignment_member_hsa;
ALTER TABLE post DROP COLUMN position_code;
DROP INDEX person_surname_born;
ALTER TABLE person ADD COLUMN given_key text COLLATE "C";
CREATE INDEX person_name ON person (surname_key, given_key);
COMMENT ON COLUMN person.surname_key IS 'Folded for searching.';
DROP TABLE name_key;
