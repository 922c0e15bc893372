package coffer.platform.web;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses in CIDR notation, or a single address.
 *
 * @param network first address
 * @param prefixBits how many leading bits count
 */
record AddressRange(InetAddress network, int prefixBits) {

    AddressRange {
        if (prefixBits < 0 || prefixBits > network.getAddress().length * 8) {
            throw new IllegalArgumentException("no such prefix length: " + prefixBits);
        }
    }

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one address; never asks a name server. */
    static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var bits = network.getAddress().length * 8;
        return new AddressRange(
                network, slash < 0 ? bits : Integer.parseInt(text, slash + 1, text.length(), 10));
    }

    boolean contains(InetAddress address) {
        var ours = network.getAddress();
        var theirs = address.getAddress();
        var whole = prefixBits / 8;
        if (ours.length != theirs.length || !Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        var rest = prefixBits % 8;
        return rest == 0 || ((ours[whole] ^ theirs[whole]) & (0xFF00 >> rest) & 0xFF) == 0;
    }
}
