namespace EnergyChain.Client.Keys;

/// <summary>What is wrong with a key or its file; each needs something else of the user.</summary>
public enum KeystoreError
{
    /// <summary>The name is not 1 to 64 of a-z, 0-9, dot, dash and underscore.</summary>
    BadName,

    /// <summary>No key of that name is in the keystore.</summary>
    NotFound,

    /// <summary>A key of that name is there already; it is never overwritten.</summary>
    NameTaken,

    /// <summary>The file is whole and the password is not the right one.</summary>
    WrongPassword,

    /// <summary>The password is empty or over <see cref="Keystore.MaxPasswordBytes"/>.</summary>
    BadPassword,

    /// <summary>The file is not a key file or was changed since it was written: take it from a backup.</summary>
    Damaged,

    /// <summary>The file is of a version or algorithm that this program does not know.</summary>
    UnsupportedVersion,

    /// <summary>The operating system did not let the file be read or written.</summary>
    Inaccessible,
}
