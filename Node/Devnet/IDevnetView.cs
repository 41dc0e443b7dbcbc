namespace EnergyChain.Node.Devnet;

/// <summary>Shows a running devnet to a person.</summary>
public interface IDevnetView
{
    /// <summary>Shows snapshots until cancelled; returns then and does not throw.</summary>
    Task RunAsync(Func<DevnetSnapshot> take, CancellationToken cancellation);
}
