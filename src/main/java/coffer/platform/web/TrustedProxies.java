package coffer.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the client's address: the socket's, or, behind a proxy in {@code
 * coffer.http.trusted-proxies}, the rightmost one in the forwarding header that is not such a proxy
 * itself. What stands further left was written by the client and is not believed.
 */
@ApplicationScoped
public class TrustedProxies {

    private static final Pattern FOR =
            Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)\"?");
    private final List<AddressRange> trusted;
    private final String header;

    @Inject
    TrustedProxies(HttpSettings settings) {
        trusted = settings.trustedProxies();
        header = settings.forwardedHeader();
    }

    /** For the client proxy. */
    protected TrustedProxies() {
        trusted = List.of();
        header = "";
    }

    /** The address as text, IPv6 without brackets or zone. */
    public String clientAddress(HttpServletRequest request) {
        return clientAddress(request.getRemoteAddr(), Collections.list(request.getHeaders(header)));
    }

    String clientAddress(String peer, List<String> headerLines) {
        var client = literal(peer);
        if (client == null) {
            return peer;
        }
        for (var hop : hops(headerLines).reversed()) {
            if (!isTrusted(client)) {
                break;
            }
            var before = literal(hop);
            if (before == null) {
                break; // An obscured or broken hop: nothing left of it can be believed either.
            }
            client = before;
        }
        return client.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private List<String> hops(List<String> headerLines) {
        var hops = new ArrayList<String>();
        for (var element : String.join(",", headerLines).split(",", -1)) {
            if (!element.isBlank()) {
                hops.add(header.equals("forwarded") ? forwardedFor(element) : element.strip());
            }
        }
        return hops;
    }

    private static String forwardedFor(String element) {
        var matcher = FOR.matcher(element);
        return matcher.find() ? matcher.group(1).strip() : "unknown";
    }

    /**
     * {@code 192.0.2.1}, {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711} or {@code 2001:db8::1}.
     */
    private static @Nullable InetAddress literal(String text) {
        var address = text;
        if (address.startsWith("[") && address.indexOf(']') > 0) {
            address = address.substring(1, address.indexOf(']'));
        } else if (address.indexOf(':') > 0 && address.indexOf(':') == address.lastIndexOf(':')) {
            address = address.substring(0, address.indexOf(':'));
        }
        var zone = address.indexOf('%');
        try {
            return InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
