-- Search by name: every ordered pair of a name's words, as written and as it sounds, for each
-- organisation that may find the person. And what a doctor's or dentist's post is called by code.
CREATE TABLE name_key (
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    first           text COLLATE "C" NOT NULL,
    second          text COLLATE "C" NOT NULL,
    first_sound     text COLLATE "C" NOT NULL,
    second_sound    text COLLATE "C" NOT NULL,
    person_id       uuid NOT NULL REFERENCES person (id),
    PRIMARY KEY (organisation_id, first, second, person_id)
);
CREATE INDEX name_key_sound ON name_key (organisation_id, first_sound, second_sound, person_id);
CREATE INDEX name_key_person ON name_key (person_id);
COMMENT ON TABLE name_key IS 'Ordered pairs of the words of a name, for each organisation in which the person has had a post, a card or a case. An index only: made anew from person and post, and a search looks at both. A protected person has none.';
COMMENT ON COLUMN name_key.first IS 'A word of the name, folded for searching.';
COMMENT ON COLUMN name_key.second IS 'Another word of the same name; empty when the name is one word.';
COMMENT ON COLUMN name_key.first_sound IS 'How it sounds, with the vowels that are confused made one.';

DROP INDEX person_name;
ALTER TABLE person DROP COLUMN given_key;
CREATE INDEX person_surname_born ON person (surname_key, left(number, 8));
COMMENT ON COLUMN person.surname_key IS 'Folded family name: a feed finds somebody by it and the birth date.';

ALTER TABLE post ADD COLUMN position_code text;
COMMENT ON COLUMN post.position_code IS 'Befattningskod, which systems of care read beside the title.';

-- Members that wait are found by HSA-id.
CREATE INDEX assignment_member_hsa ON assignment_member (hsa_key);

GRANT SELECT, INSERT, DELETE ON name_key TO kortkontor_app;
