namespace EnergyChain.Wallet.Cli;

/// <summary>How the program ended, for scripts; documented in docs/wallet.md.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>The chain or the node said no: a refused transaction, something that does not exist.</summary>
    Refused = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>The node cannot be reached or does not answer in time.</summary>
    Unreachable = 3,

    /// <summary>A key, its password or the keystore.</summary>
    Key = 4,

    /// <summary>The contract refused: in the trial run (nothing was sent) or in the block (gas was paid).</summary>
    Reverted = 5,

    /// <summary>The user said no.</summary>
    Declined = 6,

    /// <summary>The transaction was sent and is not final yet.</summary>
    NotFinal = 7,

    /// <summary>With --verify: the node's answer is not proven, or is proven to be a lie.</summary>
    NotProven = 8,

    /// <summary>The council had the record erased: no node shows it any more.</summary>
    Erased = 9,

    /// <summary>Ctrl-C.</summary>
    Interrupted = 130,
}
