#include "service/cli/record_rows.hpp"

namespace touchstone::cli {

Result<codec::FileRows> rows_of(const RecordFile& file) {
  if (file.form() == RecordForm::table) return codec::FileRows::table(file.header());
  return codec::FileRows::objects();
}

codec::RowSample sample_of(const RecordFile& file, codec::FileRows& rows) {
  codec::RowSample sample;
  for (std::size_t i = 0; i < file.ahead(); ++i)
    if (rows.read(file.ahead(i))) sample.add(rows);
  return sample;
}

}  // namespace touchstone::cli
