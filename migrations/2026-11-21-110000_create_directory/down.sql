DROP TABLE register_answer, import_run, assignment_member, assignment, post, person, unit, organisation;
