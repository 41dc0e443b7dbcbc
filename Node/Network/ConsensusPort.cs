using EnergyChain.Node.Consensus;

namespace EnergyChain.Node.Network;

/// <summary>
/// The validator's consensus, looked up at first use: it is built on this network, so it cannot be a constructor's
/// argument. A relay has none.
/// </summary>
internal sealed class ConsensusPort(IServiceProvider services)
{
    private readonly Lazy<IConsensusHost?> _host = new(services.GetService<IConsensusHost>);

    public IConsensusHost? Host => _host.Value;
}
