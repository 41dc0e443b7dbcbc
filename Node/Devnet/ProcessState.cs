namespace EnergyChain.Node.Devnet;

/// <summary>How a supervised process is.</summary>
public enum ProcessState
{
    Starting,
    Running,

    /// <summary>Fell; will be started again.</summary>
    Down,

    /// <summary>Fell and was started again by somebody else.</summary>
    RunningByHand,
    Stopped,
}
