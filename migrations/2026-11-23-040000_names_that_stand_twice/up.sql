-- Whoever is called the same twice, as in Hassan Hassan, was not found by both names. Their keys go, and
-- are made anew at the end of the migration like those of everybody who has none.
DELETE FROM name_key AS k USING person AS p
WHERE p.id = k.person_id
  AND lower(concat_ws(' ', p.given_name, p.middle_name, p.surname)) ~ '\m(\w+)\M.*\m\1\M';
