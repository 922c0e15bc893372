package coffer.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.launch.Checkout;

import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The vectors are those of the documented format. */
class VerifyReceiptTest {

    private static final String PAGE = page();
    private static final byte[] KEY = Base64.getDecoder().decode(vector("public-key"));
    private static final String GENUINE = vector("genuine");

    @Test
    void the_documented_receipt_is_genuine() {
        assertThat(genuine(GENUINE)).isTrue();
    }

    @Test
    void so_is_the_receipt_of_a_real_purge() {
        assertThat(genuine(vector("real-purge"))).isTrue();
    }

    @Test
    void it_is_so_in_the_envelope_and_in_any_layout() {
        var spread = GENUINE.replace(",", " ,\n\t").replace(":{", " : {");

        assertThat(genuine("{\"code\":200,\"message\":\"receipt found\",\"data\":" + spread + "}"))
                .isTrue();
    }

    @Test
    void any_changed_character_is_noticed() {
        assertThat(genuine(GENUINE.replace("\"objects\":3", "\"objects\":4"))).isFalse();
        assertThat(genuine(GENUINE.replace("\"replayed\":false", "\"replayed\":true"))).isFalse();
        assertThat(genuine(GENUINE.replace("\"exports\":[]", "\"exports\":[{}]"))).isFalse();
        assertThat(genuine(GENUINE.replace("9i-f", "9i-g"))).isFalse();
        assertThat(genuine(GENUINE.replace("{\"algorithm\"", "{\"a\":1,\"algorithm\""))).isFalse();
    }

    @Test
    void a_name_that_comes_twice_is_refused() {
        assertThatThrownBy(() ->
                        genuine(
                                GENUINE.replace(
                                        "{\"algorithm\"", "{\"left\":1,\"left\":1,\"algorithm\"")))
                .hasMessageContaining("twice");
    }

    @Test
    void the_key_comes_from_the_seed_as_in_rfc_8032() {
        var secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

        KeyPair pair = ReceiptKeys.derive(HexFormat.of().parseHex(secret));

        assertThat(HexFormat.of().formatHex(pair.getPublic().getEncoded()))
                .endsWith("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @Test
    void its_canonical_form_is_that_of_the_library() throws IOException {
        var text = "{\"b\":\"\\u00e8\\\"\\\\\\n\\u0001/\",\"a\":[1,{\"z\":true,\"A\":[]}],\"\":{}}";

        assertThat(VerifyReceipt.canonical(VerifyReceipt.receipt(text)))
                .isEqualTo(new JsonCanonicalizer(text).getEncodedString());
    }

    private static boolean genuine(String receipt) {
        return VerifyReceipt.genuine(VerifyReceipt.receipt(receipt), KEY);
    }

    private static String vector(String name) {
        var block = Pattern.compile("```\\w+ " + name + "\n(.*?)\n```").matcher(PAGE);
        assertThat(block.find()).as(name).isTrue();
        return block.group(1);
    }

    private static String page() {
        try {
            return Files.readString(Checkout.root().resolve("docs/format/erasure-receipt.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
