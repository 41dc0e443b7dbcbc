namespace EnergyChain.Processes.Manifests;

/// <summary>What is done to running nodes.</summary>
public enum PerturbationKind
{
    /// <summary>kill -9 and start again.</summary>
    Kill,

    /// <summary>SIGTERM, which must end in exit code 0, and start again.</summary>
    Restart,

    /// <summary>SIGSTOP and SIGCONT.</summary>
    Pause,

    /// <summary>Cut off from all others, and mended.</summary>
    Disconnect,
}
