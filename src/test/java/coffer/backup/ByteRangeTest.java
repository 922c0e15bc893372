package coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.backup.ByteRange.Wish;

import org.junit.jupiter.api.Test;

class ByteRangeTest {

    @Test
    void first_and_last_are_both_included() {
        assertThat(ByteRange.of("bytes=0-9", 100)).isEqualTo(new Wish.Part(new ByteRange(0, 9)));
        assertThat(new ByteRange(0, 9).length()).isEqualTo(10);
    }

    @Test
    void an_open_end_reaches_to_the_last_byte() {
        assertThat(ByteRange.of("bytes=90-", 100)).isEqualTo(new Wish.Part(new ByteRange(90, 99)));
        assertThat(ByteRange.of("bytes=90-500", 100))
                .isEqualTo(new Wish.Part(new ByteRange(90, 99)));
    }

    @Test
    void a_suffix_counts_from_the_end() {
        assertThat(ByteRange.of("bytes=-10", 100)).isEqualTo(new Wish.Part(new ByteRange(90, 99)));
        assertThat(ByteRange.of("bytes=-1000", 100)).isEqualTo(new Wish.Part(new ByteRange(0, 99)));
    }

    @Test
    void what_begins_behind_the_end_cannot_be_satisfied() {
        assertThat(ByteRange.of("bytes=100-", 100)).isEqualTo(new Wish.Unsatisfiable());
        assertThat(ByteRange.of("bytes=-0", 100)).isEqualTo(new Wish.Unsatisfiable());
    }

    @Test
    void nonsense_several_ranges_and_other_units_are_ignored() {
        for (var header :
                new String[] {
                    null, "", "bytes=-", "bytes=9-0", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b"
                }) {
            assertThat(ByteRange.of(header, 100)).as(header).isEqualTo(new Wish.Whole());
        }
    }
}
