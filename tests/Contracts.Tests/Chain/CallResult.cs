using EnergyChain.Contracts.Events;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.Contracts.Tests.Chain;

/// <summary>What became of a transaction.</summary>
internal sealed class CallResult(ExecutionResult result, Address target)
{
    public bool IsSuccess => result.IsSuccess;

    public ulong GasUsed => result.GasUsed;

    public ReadOnlySpan<byte> ReturnData => result.ReturnData.Span;

    /// <summary>Name of the custom error, "None" for success, else how the execution ended.</summary>
    public string Error =>
        result.IsSuccess ? "None"
        : ContractErrors.TryName(ReturnData, out string name) ? name
        : result.Status.ToString();

    /// <summary>The revert as a person reads it.</summary>
    public string Reason => ContractErrors.Describe(ReturnData);

    public ulong Id =>
        EnergyMarketContract.TryDecodeId(ReturnData, out ulong id) ? id : throw new AssertionException("no id");

    public IEnumerable<MarketEvent> MarketEvents => LogsOf(EnergyMarketContract.Address).Select(log =>
        EnergyMarketContract.TryDecodeEvent(log.Topics, log.Data.Span, out MarketEvent? happening)
            ? happening!
            : throw new AssertionException("unknown event of the market"));

    public IEnumerable<RegistryEvent> RegistryEvents => LogsOf(MeterRegistryContract.Address).Select(log =>
        MeterRegistryContract.TryDecodeEvent(log.Topics, log.Data.Span, out RegistryEvent? happening)
            ? happening!
            : throw new AssertionException("unknown event of the registry"));

    public IEnumerable<CertificateEvent> CertificateEvents => LogsOf(GreenCertificateContract.Address).Select(log =>
        GreenCertificateContract.TryDecodeEvent(log.Topics, log.Data.Span, out CertificateEvent? happening)
            ? happening!
            : throw new AssertionException("unknown event of the certificates"));

    public CallResult Succeeds()
    {
        Assert.That(Error, Is.EqualTo("None"), $"call to {target}: {Reason}");
        return this;
    }

    private IEnumerable<LogEntry> LogsOf(Address address) => result.Logs.Where(log => log.Address == address);
}
