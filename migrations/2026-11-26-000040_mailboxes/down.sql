DROP TABLE mailbox_failures;
DROP TABLE mailboxes;
