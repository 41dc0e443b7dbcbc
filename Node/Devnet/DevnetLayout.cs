namespace EnergyChain.Node.Devnet;

/// <summary>
/// Where everything of a devnet is: a folder and two ports (peers, API) a node, validators first, then the sites' relay
/// nodes, then one Modbus port a site and one of the dashboard.
/// </summary>
/// <param name="Root">The data directory, absolute.</param>
/// <param name="BasePort">First port.</param>
/// <param name="Validators">Number of validators.</param>
/// <param name="Homes">Names of the sites.</param>
public sealed record DevnetLayout(string Root, int BasePort, int Validators, IReadOnlyList<string> Homes)
{
    public const string Host = "127.0.0.1";

    public string GenesisPath => Path.Combine(Root, "genesis.json");

    public string WalletFolder => Path.Combine(Root, "wallet");

    public int NodeCount => Validators + Homes.Count;

    /// <summary>Every port, in order.</summary>
    public IEnumerable<int> Ports => Enumerable.Range(BasePort, (2 * NodeCount) + Homes.Count + 1);

    /// <param name="index">From 0.</param>
    public string ValidatorName(int index) => $"validator-{index + 1}";

    public string ValidatorFolder(int index) => Path.Combine(Root, ValidatorName(index));

    public string SiteFolder(int index) => Path.Combine(Root, Homes[index]);

    public string ValidatorPeer(int index) => $"{Host}:{BasePort + (2 * index)}";

    public string ValidatorApi(int index) => $"{Host}:{BasePort + (2 * index) + 1}";

    public string SitePeer(int index) => ValidatorPeer(Validators + index);

    public string SiteApi(int index) => ValidatorApi(Validators + index);

    public int ModbusPort(int index) => BasePort + (2 * NodeCount) + index;

    /// <summary>Where a browser finds the dashboard.</summary>
    public string DashboardAddress => $"http://{Host}:{ModbusPort(Homes.Count)}";
}
