package dev.koine.spi;

/**
 * One endpoint, as a dialect presents it to the engine. Sealed, so that the engine can treat every kind; implement
 * {@link HttpDialect} (pure, the usual case) or {@link DirectProvider} (the escape hatch).
 */
public sealed interface Provider permits HttpDialect, DirectProvider {}
