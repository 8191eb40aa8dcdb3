/**
 * The dialects that are installed and the presets that come with them. {@link dev.koine.core.dialect.Dialects} finds
 * the built-in ones and asks further {@linkplain dev.koine.core.dialect.DialectSource sources}, such as the plugins,
 * only when one of theirs is wanted. What strangers wrote is called through a
 * {@link dev.koine.core.dialect.Containment}.
 */
package dev.koine.core.dialect;
