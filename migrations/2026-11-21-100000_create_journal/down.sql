DROP TABLE journal;
DROP FUNCTION demand_journal_line();
DROP FUNCTION refuse_change();
DROP FUNCTION make_journal_partitions(date, integer);
REVOKE USAGE ON SCHEMA public FROM kortkontor_app, kortkontor_read;
