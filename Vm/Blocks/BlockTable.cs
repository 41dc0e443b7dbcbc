namespace EnergyChain.Vm.Blocks;

/// <summary>The compiled blocks of one code by their position, in pages that come as they are needed.</summary>
/// <param name="codeLength">Bytes of the code.</param>
internal sealed class BlockTable(int codeLength)
{
    private const int PageBits = 6;
    private const int PageSize = 1 << PageBits;
    private const int BytesOfReference = 8;

    private readonly Block?[]?[] _pages = new Block?[(codeLength >> PageBits) + 1][];
    private readonly long _maxOpcodes = BlockLimits.Opcodes + ((long)codeLength * BlockLimits.OpcodesPerByte);
    private long _opcodes;

    /// <summary>Whether the code has had its share of compiling.</summary>
    public bool IsFull => _opcodes > _maxOpcodes;

    /// <summary>The block at a position, which may lie behind the code's end.</summary>
    public Block? Find(int position)
    {
        int page = position >> PageBits;
        return page < _pages.Length ? _pages[page]?[position & (PageSize - 1)] : null;
    }

    /// <summary>Adds a block.</summary>
    /// <param name="block">Compiled from this code, its start at most the code's length.</param>
    /// <param name="opcodes">Opcodes that it stands for.</param>
    /// <returns>Bytes of memory that the table has grown by.</returns>
    public int Add(Block block, int opcodes)
    {
        ref Block?[]? page = ref _pages[block.Start >> PageBits];
        int grown = page is null ? PageSize * BytesOfReference : 0;
        page ??= new Block?[PageSize];
        page[block.Start & (PageSize - 1)] = block;
        _opcodes += opcodes;
        return grown;
    }
}
