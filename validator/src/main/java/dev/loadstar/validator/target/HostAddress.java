package dev.loadstar.validator.target;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Reads hosts that are addresses, in every spelling that system resolvers accept, without asking a name server. */
final class HostAddress {

    private HostAddress() {}

    /** Empty if the host is a name. */
    static Optional<InetAddress> of(String host) {
        try {
            if (host.indexOf(':') >= 0) {
                return Optional.of(InetAddress.getByName(host.replaceAll("%.*", "")));
            }
            byte[] bytes = ipv4(host);
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** One to four numbers, each decimal, octal or hexadecimal, the last of which fills the bytes that are left. */
    private static byte @Nullable [] ipv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long[] numbers = Arrays.stream(parts).mapToLong(HostAddress::number).toArray();
        int last = numbers.length - 1;
        long whole = 0;
        for (int i = 0; i <= last; i++) {
            long most = i < last ? 255 : (1L << (8 * (4 - last))) - 1;
            if (numbers[i] < 0 || numbers[i] > most) {
                return null;
            }
            whole = i < last ? whole | numbers[i] << (8 * (3 - i)) : whole | numbers[i];
        }
        return new byte[] {(byte) (whole >> 24), (byte) (whole >> 16), (byte) (whole >> 8), (byte) whole};
    }

    private static long number(String text) {
        try {
            if (text.matches("0[xX][0-9a-fA-F]{1,8}")) {
                return Long.parseLong(text.substring(2), 16);
            }
            if (text.matches("0[0-7]{1,11}")) {
                return Long.parseLong(text, 8);
            }
            return text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The IPv4 address inside an IPv6 one that stands for it: mapped, compatible, 6to4, NAT64. */
    static InetAddress unwrapped(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] b = address.getAddress();
        int at = embeddedAt(b);
        try {
            return at < 0 ? address : InetAddress.getByAddress(Arrays.copyOfRange(b, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static int embeddedAt(byte[] b) {
        boolean zeros = true;
        for (int i = 0; i < 10; i++) {
            zeros &= b[i] == 0;
        }
        boolean mapped = zeros && b[10] == b[11] && (b[10] == 0 || b[10] == -1);
        boolean loopbackOrAny = zeros && b[10] == 0 && b[12] == 0 && b[13] == 0 && b[14] == 0;
        if (mapped && !loopbackOrAny) {
            return 12;
        }
        if (b[0] == 0x20 && b[1] == 0x02) {
            return 2;
        }
        boolean nat64 = b[0] == 0 && b[1] == 0x64 && b[2] == (byte) 0xff && b[3] == (byte) 0x9b;
        return nat64 ? 12 : -1;
    }
}
