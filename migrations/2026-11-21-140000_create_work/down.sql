DROP TABLE worker, outbox, deadline;
