package coffer.erasure;

import coffer.launch.Seed;
import coffer.launch.TestSite;

import java.util.List;

/** A system's rows as they were, and a database that has them again and knows of no erasure. */
final class OlderDatabase {

    private static final List<String> TABLES =
            List.of("appliance", "appliance_secret", "appliance_usage", "backup", "backup_copy");

    private final TestSite site;

    private OlderDatabase(TestSite site) {
        this.site = site;
    }

    static OlderDatabase save(TestSite site, Seed.Firewall system) {
        for (var table : TABLES) {
            var which =
                    switch (table) {
                        case "appliance" -> "id = '" + system.id() + "'";
                        case "backup" -> "subject_id = '" + system.id() + "'";
                        case "backup_copy" -> "backup_id in (select id from saved_backup)";
                        default -> "appliance_id = '" + system.id() + "'";
                    };
            site.sql(
                    "create table saved_%1$s as select * from %1$s where %2$s"
                            .formatted(table, which));
        }
        return new OlderDatabase(site);
    }

    void restore(String purge) {
        for (var table :
                List.of("purge_count", "purge_place", "purge_system", "purge_organization")) {
            site.sql("delete from " + table + " where purge_id = '" + purge + "'");
        }
        site.sql("delete from purge where id = '" + purge + "'");
        for (var table : TABLES) {
            site.sql(
                    """
                    do $$
                    begin
                        perform set_config('session_replication_role', 'replica', true); -- no triggers, as pg_restore
                        execute (select format('insert into %1$s (%%1$s) select %%1$s from saved_%1$s', string_agg(column_name, ', '))
                                   from information_schema.columns where table_name = '%1$s' and is_generated = 'NEVER');
                    end
                    $$
                    """
                            .formatted(table));
        }
        site.sql(
                """
                update organization_usage
                   set own_live_bytes = own_live_bytes + (select sum(size_bytes) from saved_backup)
                 where organization_id = (select organization_id from saved_appliance)
                """);
    }
}
