-- Sealed rows out of which a person was taken: the hash of what is left. Their seal is that of the row as it was, and stays.
-- erasure: the row of the log that tells of it, which holds the digest of all rows of the erasure.
create table audit.erased_rows (
    row_id uuid not null,
    erasure uuid not null,
    hash bytea not null,
    primary key (row_id, erasure)
);

create index erased_rows_erasure on audit.erased_rows (erasure);
