-- The batch desk: every run of a job is a row, whoever asked for it, wherever it goes on (docs/adr/0040).
drop table job_lock;
drop table job_firing;

-- What each job was last fired for. A firing that fell into a downtime is made up for once; nothing
-- before "since", when this schedule began, is.
create table job_schedule (
    job        text primary key,
    expression text        not null,
    zone       text        not null,
    since      timestamptz not null,
    last_at    timestamptz
);

-- One row a scheduled instant, however many nodes fire; one running row an exclusive key.
create table job_run (
    id            uuid primary key,
    job           text        not null,
    scheduled_at  timestamptz,
    not_before    timestamptz not null,
    requested_at  timestamptz not null,
    requested_by  text        not null,
    parameters    jsonb       not null default '{}',
    exclusive_key text        not null,
    state         text        not null check (state in
        ('waiting', 'running', 'stopping', 'stopped', 'failed', 'completed', 'skipped')),
    node          text,
    epoch         integer     not null default 0,
    execution_id  bigint,
    started_at    timestamptz,
    ended_at      timestamptz,
    exit_status   text,
    constraint job_run_once_an_instant unique (job, scheduled_at),
    constraint a_running_run_has_a_node check (state not in ('running', 'stopping') or node is not null)
);
create unique index job_run_one_at_a_time on job_run (exclusive_key) where state in ('running', 'stopping');
create index job_run_open on job_run (not_before) where state in ('waiting', 'running', 'stopping');
create index job_run_job on job_run (job, requested_at desc);
create index job_run_requested on job_run (requested_at);

-- How far a step is: written in the transaction of its chunk, so it is as true as the checkpoint.
create table job_progress (
    run_id     uuid        not null references job_run (id) on delete cascade,
    step       text        not null,
    part       integer     not null,
    done       bigint      not null default 0,
    total      bigint,
    mark       text,
    began_at   timestamptz not null,
    updated_at timestamptz not null,
    primary key (run_id, step, part)
);
