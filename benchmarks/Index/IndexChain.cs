using System.Buffers.Binary;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Index;

/// <summary>
/// A block log and a receipt log as a node under full load writes them, but that nothing was executed or signed: the
/// index reads neither state nor signatures.
/// </summary>
internal sealed class IndexChain : IDisposable
{
    public const int Accounts = 20_000;
    public const int Sites = 10_000;

    private const int ClearingBlocks = 10;
    private const int SlotTrades = 255;

    private readonly IndexWorkload _workload;
    private readonly Address[] _addresses;
    private readonly PublicKey[] _keys;
    private Hash32 _parent = Hash32.Zero;
    private ulong _height;
    private ulong _nonce;

    public IndexChain(string folder, IndexWorkload workload)
    {
        _workload = workload;
        PhysicalDisk disk = new();
        Blocks = BlockLog.Open(disk, Path.Combine(folder, "blocks"), GenesisHash, NullLogger.Instance);
        Receipts = ReceiptLog.Open(disk, Path.Combine(folder, "receipts"), GenesisHash, NullLogger.Instance);
        _keys = [.. Enumerable.Range(1, Accounts).Select(Key)];
        _addresses = [.. _keys.Select(static key => key.ToAddress())];
    }

    public static Hash32 GenesisHash { get; } = Blake2b.Hash("index benchmark"u8);

    public BlockLog Blocks { get; }

    public ReceiptLog Receipts { get; }

    public IReadOnlyList<Address> Addresses => _addresses;

    /// <summary>The slot that the order or record of a block is for.</summary>
    public static ulong SlotOf(ulong height) => 1_000 + (height / ClearingBlocks);

    /// <summary>Appends a block of so many transactions.</summary>
    public void Append(int transactions)
    {
        _height++;
        List<Transaction> included = [];
        List<Receipt> receipts = [];
        for (int i = 0; i < transactions; i++)
        {
            Add(included, receipts, Logs());
        }

        if (_workload == IndexWorkload.Order && _height % ClearingBlocks == 0)
        {
            Add(included, receipts, Clearing());
        }

        CommittedBlock block = BareBlock.At(new Height(_height), _parent, included);
        _parent = block.Block.Hash;
        Blocks.Append(block, isDurable: false);
        Receipts.Append(block.Block.Height, receipts);
    }

    public void Dispose()
    {
        Blocks.Dispose();
        Receipts.Dispose();
    }

    private static PublicKey Key(int number)
    {
        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(seed, number);
        return new PublicKey(Blake2b.Hash(seed).ToArray());
    }

    private void Add(List<Transaction> included, List<Receipt> receipts, List<LogEntry> logs)
    {
        bool isTransfer = _workload == IndexWorkload.Transfer;
        Transaction transaction = new(
            new TransactionBody
            {
                ChainId = BareBlock.ChainId,
                Nonce = _nonce,
                GasLimit = new Gas(200_000),
                GasPrice = 1_000_000_000,
                To = isTransfer ? _addresses[Pick(7)] : EnergyMarketContract.Address,
                Value = isTransfer ? 1_000_000_000_000_000_000 + _nonce : 0,
                Data = isTransfer ? ReadOnlyMemory<byte>.Empty : new byte[4 + (6 * 32)],
                ValidUntil = new Height(_height + 100),
            },
            _keys[Pick(0)],
            default);
        included.Add(transaction);
        receipts.Add(new Receipt(
            transaction.Id, true, new Gas(isTransfer ? 21_000UL : 131_072UL), null, logs, ReadOnlyMemory<byte>.Empty));
        _nonce++;
    }

    // Spread over accounts and sites as chance would, the same in every run.
    private int Pick(ulong salt) => (int)((unchecked((_nonce + salt) * 0x9E37_79B9_7F4A_7C15UL) >> 32) % Accounts);

    private List<LogEntry> Logs()
    {
        ulong site = (ulong)(Pick(3) % Sites) + 1;
        ulong slot = SlotOf(_height);
        Address account = _addresses[Pick(0)];
        switch (_workload)
        {
            case IndexWorkload.Order:
                ulong side = 1 + (_nonce % 2);
                return
                [
                    MarketLog(
                        "OrderPlaced", slot, _nonce + 1, site, account, side, 500UL, 250_000_000_000_000UL, 130_000UL),
                ];
            case IndexWorkload.Meter:
                AbiValue[] record =
                [
                    slot, 10UL, 500UL, 1_200UL, 300UL, 4_000UL, _nonce * 3, _nonce * 5, _nonce * 7, _nonce,
                    Blake2b.Hash(BitConverter.GetBytes(_nonce)),
                ];
                return
                [
                    RegistryLog("RecordAccepted", slot, account, site, record, false),
                    RegistryLog("RewardPaid", slot, account, site, 1_200UL, 12_345_678_900_000_000UL),
                    MarketLog("ExportRecorded", slot, site, 500UL),
                    Log(
                        GreenCertificateContract.Address,
                        GreenCertificateContract.Artifact.Abi,
                        "TransferSingle",
                        [MeterRegistryContract.Address, Address.Zero, account, slot << 8, 1_200UL]),
                ];
            default:
                return [];
        }
    }

    private List<LogEntry> Clearing()
    {
        List<LogEntry> logs = [];
        ulong slot = SlotOf(_height);
        for (ulong i = 0; i < SlotTrades; i++)
        {
            ulong buy = _nonce - (2 * i);
            ulong id = (slot << 16) | i;
            AbiValue[] trade =
            [
                id, 1 + i, 2 + i, _addresses[(int)i], _addresses[(int)i + 1], 500UL, 250_000_000_000_000UL,
            ];
            logs.Add(MarketLog("TradeMade", slot, id, buy, buy - 1, trade));
            logs.Add(MarketLog("OrderClosed", slot, buy, 1 + i, 0UL, 12UL));
            logs.Add(MarketLog("OrderClosed", slot, buy - 1, 2 + i, 0UL, 13UL));
        }

        logs.Add(MarketLog("SlotCleared", slot, 250_000_000_000_000UL, 127_500UL, (ulong)SlotTrades));
        return logs;
    }

    private static LogEntry MarketLog(string name, params AbiValue[] values) =>
        Log(EnergyMarketContract.Address, EnergyMarketContract.Artifact.Abi, name, values);

    private static LogEntry RegistryLog(string name, params AbiValue[] values) =>
        Log(MeterRegistryContract.Address, MeterRegistryContract.Artifact.Abi, name, values);

    private static LogEntry Log(Address contract, ContractAbi abi, string name, AbiValue[] values)
    {
        AbiEvent happening = abi.Events.Single(candidate => candidate.Name == name);
        List<Hash32> topics = [happening.Topic];
        List<AbiParameter> inData = [];
        List<AbiValue> dataValues = [];
        for (int i = 0; i < values.Length; i++)
        {
            AbiParameter input = happening.Inputs[i];
            if (input.IsIndexed)
            {
                topics.Add(new Hash32(AbiEncoder.Encode([input], [values[i]])));
            }
            else
            {
                inData.Add(input);
                dataValues.Add(values[i]);
            }
        }

        return new LogEntry(contract, topics, AbiEncoder.Encode(inData, dataValues));
    }
}
