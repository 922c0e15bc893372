-- Whether the catalogue was filled with demo data, and how far that has come: pages say so, and a start that follows a
-- killed one knows what is left to do. Never in production.
alter table installation
    add column demo text check (demo in ('begun', 'whole', 'removing')),
    add constraint production_is_no_demo check (purpose <> 'production' or demo is null);
