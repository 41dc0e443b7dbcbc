namespace EnergyChain.Client.Keys;

/// <summary>A keystore operation that could not be done; the message says how to mend it.</summary>
public sealed class KeystoreException(KeystoreError error, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public KeystoreError Error { get; } = error;
}
