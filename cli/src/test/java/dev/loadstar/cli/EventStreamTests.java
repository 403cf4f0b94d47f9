package dev.loadstar.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import dev.loadstar.cli.EventStream.Event;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamTests {

    @Test
    void eventsAreReadOneByOneToTheEnd() throws IOException {
        var stream = new EventStream(new ByteArrayInputStream(Samples.bytes("""
                : hello

                event:tick
                id: 7
                data: {"a":
                data: 1}

                event: status
                data:{}

                data: cut off""")));

        assertThat(stream.next()).contains(new Event("tick", "{\"a\":\n1}"));
        assertThat(stream.next()).contains(new Event("status", "{}"));
        assertThat(stream.next()).isEmpty();
    }
}
