package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This node's name: unique among the nodes of one database, the same after a restart. */
@ApplicationScoped
public class NodeIdentity {

    private final String name;

    @Inject
    NodeIdentity(NodeSettings settings) {
        name = settings.name().orElseGet(() -> host() + "-" + settings.port());
    }

    /** For the client proxy. */
    protected NodeIdentity() {
        name = "";
    }

    /** {@code coffer.node.name}, or {@code <host>-<port>}. */
    public String name() {
        return name;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
