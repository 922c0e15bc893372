-- Liberty's repository of Jakarta Batch jobs, as its ddlGen writes it for 26.0.0.5 (databaseStore "jobs",
-- schema "batch", keys from one sequence). Liberty cannot make these on PostgreSQL by itself.
create schema batch;

create table batch.jobinstance (
    jobinstanceid bigint not null,
    amcname varchar(512),
    batchstatus integer not null,
    createtime timestamp not null,
    exitstatus varchar(512),
    instancestate integer not null,
    jobname varchar(256),
    jobxmlname varchar(128),
    jobxml bytea,
    numexecs integer not null,
    restarton varchar(128),
    submitter varchar(256),
    updatetime timestamp,
    primary key (jobinstanceid)
);

create table batch.stepthreadinstance (
    partnum integer not null,
    stepname varchar(128) not null,
    threadtype varchar(31),
    checkpointdata bytea,
    fk_jobinstanceid bigint not null,
    fk_latest_stepexecid bigint not null,
    partitioned boolean,
    partitionplansize integer,
    startcount integer,
    primary key (partnum, stepname, fk_jobinstanceid)
);
create index sti_fkinstanceid_ix on batch.stepthreadinstance (fk_jobinstanceid);
create index sti_fklatest_sei_ix on batch.stepthreadinstance (fk_latest_stepexecid);

create table batch.stepthreadexecution (
    stepexecid bigint not null,
    threadtype varchar(31),
    batchstatus integer not null,
    m_commit bigint not null,
    endtime timestamp,
    exitstatus varchar(512),
    m_filter bigint not null,
    internalstatus integer not null,
    partnum integer not null,
    userdata bytea,
    m_processskip bigint not null,
    m_read bigint not null,
    m_readskip bigint not null,
    m_rollback bigint not null,
    starttime timestamp,
    stepname varchar(128) not null,
    m_write bigint not null,
    m_writeskip bigint not null,
    fk_jobexecid bigint not null,
    fk_toplvl_stepexecid bigint,
    ispartitionedstep boolean,
    primary key (stepexecid)
);
create index ste_fkjobexecid_ix on batch.stepthreadexecution (fk_jobexecid);
create index ste_fktlstepeid_ix on batch.stepthreadexecution (fk_toplvl_stepexecid);

create table batch.jobexecution (
    jobexecid bigint not null,
    batchstatus integer not null,
    createtime timestamp not null,
    endtime timestamp,
    execnum integer not null,
    exitstatus varchar(512),
    jobparameters bytea,
    updatetime timestamp,
    logpath varchar(512),
    resturl varchar(512),
    serverid varchar(256),
    starttime timestamp,
    fk_jobinstanceid bigint not null,
    primary key (jobexecid)
);
create index je_fkinstanceid_ix on batch.jobexecution (fk_jobinstanceid);

create table batch.remotablepartition (
    partnum integer not null,
    stepname varchar(255) not null,
    internalstate integer,
    lastupdated timestamp,
    logpath varchar(512),
    resturl varchar(512),
    serverid varchar(256),
    fk_jobexecutionid bigint not null,
    fk_stepexecutionid bigint,
    primary key (partnum, stepname, fk_jobexecutionid)
);

create table batch.groupassociation (
    fk_jobinstanceid bigint,
    groupnames varchar(255)
);
create index ga_fkinstanceid_ix on batch.groupassociation (fk_jobinstanceid);

create table batch.jobparameter (
    name varchar(255),
    value varchar(255),
    fk_jobexecid bigint
);
create index jp_fkjobexecid_ix on batch.jobparameter (fk_jobexecid);
alter table batch.stepthreadexecution
    add constraint unq_stepthreadexecution_0 unique (fk_jobexecid, stepname, partnum);
alter table batch.stepthreadinstance
    add constraint fk_stepthreadinstance_fk_jobinstanceid foreign key (fk_jobinstanceid) references batch.jobinstance (jobinstanceid);
alter table batch.stepthreadinstance
    add constraint fk_stepthreadinstance_fk_latest_stepexecid foreign key (fk_latest_stepexecid) references batch.stepthreadexecution (stepexecid);
alter table batch.stepthreadexecution
    add constraint fk_stepthreadexecution_fk_jobexecid foreign key (fk_jobexecid) references batch.jobexecution (jobexecid);
alter table batch.stepthreadexecution
    add constraint fk_stepthreadexecution_fk_toplvl_stepexecid foreign key (fk_toplvl_stepexecid) references batch.stepthreadexecution (stepexecid);
alter table batch.jobexecution
    add constraint fk_jobexecution_fk_jobinstanceid foreign key (fk_jobinstanceid) references batch.jobinstance (jobinstanceid);
alter table batch.remotablepartition
    add constraint fk_remotablepartition_fk_jobexecutionid foreign key (fk_jobexecutionid) references batch.jobexecution (jobexecid);
alter table batch.remotablepartition
    add constraint fk_remotablepartition_fk_stepexecutionid foreign key (fk_stepexecutionid) references batch.stepthreadexecution (stepexecid);
alter table batch.groupassociation
    add constraint fk_groupassociation_fk_jobinstanceid foreign key (fk_jobinstanceid) references batch.jobinstance (jobinstanceid);
alter table batch.jobparameter
    add constraint fk_jobparameter_fk_jobexecid foreign key (fk_jobexecid) references batch.jobexecution (jobexecid);
create sequence batch.seq increment by 50 start with 50;
