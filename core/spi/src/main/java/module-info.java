/**
 * The language of dialects: what a third party implements so that Koine can speak to a further kind of endpoint. Exposes
 * no library type; a dialect compiles against this module and {@code dev.koine.api} alone.
 */
@org.jspecify.annotations.NullMarked
module dev.koine.spi {
    requires transitive dev.koine.api;
    requires static org.jspecify;

    exports dev.koine.spi;
}
