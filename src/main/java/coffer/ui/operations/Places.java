package coffer.ui.operations;

import coffer.ui.Addresses;
import coffer.ui.PageFilter;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Where the pages of this folder are. */
final class Places {

    static final String JOBS = PageFilter.FOLDER + "jobs.xhtml";
    static final String JOB = PageFilter.FOLDER + "job.xhtml";
    static final String RUN = PageFilter.FOLDER + "run.xhtml";
    static final String PURGES = PageFilter.FOLDER + "purges.xhtml";
    static final String ALERTS = PageFilter.FOLDER + "alerts.xhtml";
    static final String SEARCH = PageFilter.FOLDER + "search.xhtml";

    private static final String RECEIPT = PageFilter.FOLDER + "receipt.xhtml";

    private Places() {}

    static String run(UUID id) {
        return Addresses.of(RUN).with("id", id).toString();
    }

    static String job(String name) {
        return Addresses.of(JOB).with("name", name).toString();
    }

    static String receipt(UUID id) {
        return Addresses.of(RECEIPT).with("id", id).toString();
    }

    /** The page before or after, or null where there is none. */
    static @Nullable String turned(Addresses here, @Nullable Integer page) {
        return page == null ? null : here.with("page", page == 1 ? null : page).toString();
    }
}
