/** The one registry of providers and models: what the user told, what endpoints said when asked, and who said what. */
package dev.koine.core.registry;
