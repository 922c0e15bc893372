-- retention-audit: a line for each system that a run has something to tell of, and a report for each
-- organization that owns systems.
create table retention_finding (
    run_id          uuid    not null references job_run (id) on delete cascade,
    appliance_id    uuid    not null,
    organization_id uuid    not null,
    state           text    not null,
    expired_count   integer not null,
    expired_bytes   bigint  not null,
    surplus_count   integer not null,
    recounted       boolean not null,
    oddities        text    not null,
    verdicts        jsonb   not null,
    primary key (run_id, appliance_id)
);
create table retention_report (
    run_id          uuid        not null,
    organization_id uuid        not null,
    utc_day         date        not null,
    preview         boolean     not null,
    systems         bigint      not null,
    live_count      bigint      not null,
    live_bytes      bigint      not null,
    trash_count     bigint      not null,
    trash_bytes     bigint      not null,
    never           bigint      not null,
    late            bigint      not null,
    overdue         bigint      not null,
    odd             bigint      not null,
    expired_count   bigint      not null,
    expired_bytes   bigint      not null,
    surplus_count   bigint      not null,
    recounted       bigint      not null,
    made_at         timestamptz not null,
    primary key (run_id, organization_id)
);
create index retention_report_latest on retention_report (organization_id, made_at desc) where not preview;
