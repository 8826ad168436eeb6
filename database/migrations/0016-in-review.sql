-- The index at the end of migration 12 was added after that file had gone out: databases from before have it from here.
create index if not exists versions_in_review on documents.versions (document) where status = 'in-review';
