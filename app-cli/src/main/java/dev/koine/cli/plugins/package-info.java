/** {@code koine plugins}: dialect jars, dropped in, trusted, checked, and begun. */
package dev.koine.cli.plugins;
