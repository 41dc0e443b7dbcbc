namespace EnergyChain.Node.Hosting;

/// <summary>What the process ends with.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>The node stopped on an error of its own; the log says which.</summary>
    public const int Failure = 1;

    /// <summary>An option, a config file or a genesis file is wrong.</summary>
    public const int WrongOption = 2;

    /// <summary>A port or a data directory is in use by another process.</summary>
    public const int InUse = 3;

    /// <summary>A devnet run ended, but its report does not add up or nodes disagree.</summary>
    public const int NotReconciled = 4;

    /// <summary>The disk of the data directory has less room left than the node wants to start with.</summary>
    public const int DiskFull = 5;

    /// <summary>Ctrl-C or SIGTERM ended an offline command before its work was done.</summary>
    public const int Interrupted = 130;
}
