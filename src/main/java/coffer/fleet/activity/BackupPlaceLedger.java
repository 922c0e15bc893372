package coffer.fleet.activity;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads where backups are, by id and by the names of their files. */
@ApplicationScoped
class BackupPlaceLedger {

    /** So many backups with one name are read before it is asked whose they are. */
    private static final int FEW_NAMES = 2000;

    /**
     * Names are ASCII without a tilde: what begins with a text is from it on to it with a tilde.
     */
    private static final String NAMED =
            "b.state in ('STORED', 'TRASHED') and b.filename ~>=~ ?2 and b.filename ~<~ (?2 || '~')";

    private static final String PLACE =
            """
            select f.id, f.subject_id, a.name, o.name, f.filename, f.uploaded_at, f.state,
                   (select count(*) from backup n where n.subject_id = f.subject_id and n.state = f.state and n.seq > f.seq)
            """;

    private final EntityManager database;

    @Inject
    BackupPlaceLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupPlaceLedger() {
        this(null);
    }

    /** A backup that is kept, in a subtree. */
    Optional<BackupPlaces.Place> find(String path, UUID backup) {
        return rows(
                        query(
                                database,
                                PLACE
                                        + """
                                          from backup f join appliance a on a.id = f.subject_id join organization o on o.id = a.organization_id
                                         where f.id = ?2 and f.state in ('STORED', 'TRASHED')
                                           and o.path ~>=~ ?1 and o.path ~<~ below(?1)
                                        """,
                                path,
                                backup))
                .stream()
                .map(BackupPlaceLedger::place)
                .findFirst();
    }

    /** Whether many names begin so, whosoever they are. */
    boolean isCommon(String text) {
        var names =
                query(
                        database,
                        "select count(*) from (select 1 from backup b where "
                                + NAMED.replace("?2", "?1")
                                + " limit ?2) few",
                        text,
                        FEW_NAMES + 1);
        return number(names.getSingleResult()) > FEW_NAMES;
    }

    /** The newest with a name, read from each system of a subtree. */
    List<BackupPlaces.Place> ofSystems(String path, String text, int most) {
        return places(
                PLACE
                        + """
                          from (select b.*
                                  from organization o join appliance a on a.organization_id = o.id
                                  cross join lateral (select * from backup b where b.subject_id = a.id and %s offset 0) b
                                 where o.path ~>=~ ?1 and o.path ~<~ below(?1)
                                 order by b.uploaded_at desc, b.id limit ?3) f
                          join appliance a on a.id = f.subject_id join organization o on o.id = a.organization_id
                         order by f.uploaded_at desc, f.id
                        """
                                .formatted(NAMED),
                path,
                text,
                most);
    }

    /** The newest with a name that few have, in a subtree. */
    List<BackupPlaces.Place> ofNames(String path, String text, int most) {
        return places(
                PLACE
                        + """
                          from (select b.* from backup b where %s limit %d) f
                          join appliance a on a.id = f.subject_id join organization o on o.id = a.organization_id
                         where o.path ~>=~ ?1 and o.path ~<~ below(?1)
                         order by f.uploaded_at desc, f.id limit ?3
                        """
                                .formatted(NAMED, FEW_NAMES),
                path,
                text,
                most);
    }

    private List<BackupPlaces.Place> places(String sql, String path, String text, int most) {
        return rows(query(database, sql, path, text, most)).stream()
                .map(BackupPlaceLedger::place)
                .toList();
    }

    private static BackupPlaces.Place place(Object[] row) {
        return new BackupPlaces.Place(
                (UUID) row[0],
                (UUID) row[1],
                (String) row[2],
                (String) row[3],
                (String) row[4],
                instant(row[5]),
                row[6].equals("TRASHED"),
                number(row[7]));
    }
}
