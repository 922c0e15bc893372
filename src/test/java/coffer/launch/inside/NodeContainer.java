package coffer.launch.inside;

import coffer.launch.Checkout;
import coffer.launch.Node;
import coffer.launch.Parts;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/** A {@link Node} as Arquillian's container: to deploy is to start one with that WAR. */
public final class NodeContainer implements DeployableContainer<NodeContainer.Configuration> {

    static final String RUNNER = "ArquillianServletRunnerEE9";

    private @Nullable Node node;

    /** There is nothing to choose. */
    public static final class Configuration implements ContainerConfiguration {

        @Override
        public void validate() {
            // every value is right
        }
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 6.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) {
        var name = archive.getName().replace(".war", "");
        var war =
                Checkout.scratch()
                        .resolve(name + "-" + ProcessHandle.current().pid() + ".war")
                        .toFile();
        archive.as(ZipExporter.class).exportTo(war, true);
        var started =
                Node.on(Parts.shared().instance(name), name).with("coffer.war", war.getPath());
        node = started;
        started.startAndAwait();
        return new ProtocolMetaData()
                .addContext(
                        new HTTPContext(started.uri().getHost(), started.uri().getPort())
                                .add(new Servlet(RUNNER, "")));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        if (node != null) {
            node.close();
        }
    }
}
